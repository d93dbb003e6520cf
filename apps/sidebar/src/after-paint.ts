/** Runs once what is on the page now has been painted. In a page nobody sees there is no paint, and no hurry. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
}
