/** What the server reads of one table (its `read-table.ts`): said beforehand, and a file beyond it is not sent at all. */
export const mostTableRows = 20_000;
export const mostTableMegabytes = 20;
export const isTooLarge = ({ size }: Pick<File, 'size'>): boolean => size > mostTableMegabytes * 1024 * 1024;
