/** `138****0101`: enough to recognise a number one knows, too little to call one that one does not. */
export function maskMobile(mobile: string): string {
  if (mobile.length < 7) return '*'.repeat(mobile.length);
  return `${mobile.slice(0, 3)}${'*'.repeat(Math.max(4, mobile.length - 7))}${mobile.slice(-4)}`;
}
