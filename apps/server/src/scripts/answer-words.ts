/** How long a word may be that a script answers: it is looked up in what the customer wrote, every stretch of this length. */
export const shortestAnswer = 2;
export const longestAnswer = 8;
