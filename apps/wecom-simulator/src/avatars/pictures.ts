/** Pictures that people of the seed have sent each other, 240 × 240. */
const drawings: Record<string, string> = {
  gift: '<rect width="240" height="240" fill="#e9e3ef"/><rect x="54" y="112" width="132" height="86" rx="4" fill="#b7a5cd"/><rect x="44" y="86" width="152" height="32" rx="4" fill="#a58fc0"/><rect x="110" y="86" width="20" height="112" fill="#efe1c4"/><path d="M120 86c-40-44-62-14-30 0zM120 86c40-44 62-14 30 0z" fill="none" stroke="#efe1c4" stroke-width="9"/>',
  serum:
    '<rect width="240" height="240" fill="#e3eceb"/><circle cx="156" cy="84" r="54" fill="#f2efe0"/><ellipse cx="116" cy="206" rx="78" ry="14" fill="#cfdedb"/><rect x="84" y="96" width="66" height="108" rx="12" fill="#7ba7a6"/><rect x="94" y="122" width="46" height="50" fill="#f4f8f7"/><rect x="104" y="74" width="26" height="24" fill="#e5c2b2"/><rect x="108" y="44" width="18" height="32" rx="8" fill="#4a8583"/><path d="M102 138h30M102 148h22" stroke="#7ba7a6" stroke-width="3"/>',
  shelf:
    '<rect width="240" height="240" fill="#f0e5db"/><path d="M20 186h200" stroke="#b98f6d" stroke-width="10"/><rect x="46" y="104" width="38" height="78" rx="8" fill="#7ba7a6"/><rect x="98" y="128" width="48" height="54" rx="10" fill="#e8bfae"/><rect x="160" y="90" width="30" height="92" rx="8" fill="#f6efe2"/><rect x="56" y="84" width="18" height="22" fill="#4a8583"/><rect x="166" y="74" width="18" height="18" fill="#c9a27c"/><circle cx="196" cy="52" r="22" fill="#fbf3df"/>',
  points:
    '<rect width="240" height="240" fill="#dbe9e7"/><rect x="40" y="70" width="160" height="104" rx="14" fill="#2f7d7b"/><circle cx="84" cy="122" r="24" fill="#f2d28b"/><path d="M84 108l5 10 11 1-8 8 2 11-10-5-10 5 2-11-8-8 11-1z" fill="#2f7d7b"/><path d="M124 108h54M124 128h38" stroke="#dbe9e7" stroke-width="8" stroke-linecap="round"/>',
};

/** Null when there is no such picture. */
export function pictureSvg(id: string): string | null {
  const drawing = Object.hasOwn(drawings, id) ? drawings[id] : undefined;
  return drawing === undefined
    ? null
    : `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="240" height="240">${drawing}</svg>`;
}
