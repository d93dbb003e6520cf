/** Colours of one avatar: behind, main, second, dark line, light. */
export interface Palette {
  ground: string;
  main: string;
  second: string;
  dark: string;
  light: string;
}

export const palettes: readonly Palette[] = [
  { ground: '#cfe5e1', main: '#2f7d7b', second: '#e9b8a6', dark: '#2c2a2b', light: '#f4faf8' },
  { ground: '#f0e0d8', main: '#e8988f', second: '#7fae8a', dark: '#5a3a37', light: '#fdf3ec' },
  { ground: '#f6d9a8', main: '#e0a04c', second: '#6f8f9c', dark: '#37322d', light: '#fff6e3' },
  { ground: '#c9dcea', main: '#5f93b8', second: '#f2c879', dark: '#2b3a4a', light: '#f3f9fd' },
  { ground: '#e4dbee', main: '#9a84bb', second: '#e7b7c8', dark: '#3b3247', light: '#faf6fd' },
  { ground: '#dfe9d6', main: '#7fa36a', second: '#e2b25f', dark: '#33402c', light: '#f8fbf3' },
];

/** Draws inside a 96 × 96 square over the ground colour. */
type Motif = (palette: Palette) => string;

const petal = (colour: string, angle: number): string =>
  `<ellipse cx="48" cy="27" rx="11" ry="14" fill="${colour}" transform="rotate(${angle} 48 42)"/>`;
const eyes = (colour: string, y = 50): string =>
  `<circle cx="39" cy="${y}" r="3" fill="${colour}"/><circle cx="57" cy="${y}" r="3" fill="${colour}"/>`;
const shoulders = (colour: string): string => `<path d="M14 96c2-20 16-29 34-29s32 9 34 29z" fill="${colour}"/>`;
const face = '<circle cx="48" cy="46" r="17" fill="#f3d3bf"/>';
const smile = (colour: string): string =>
  `<path d="M42 53q6 5 12 0" fill="none" stroke="${colour}" stroke-width="2" stroke-linecap="round"/>`;

/** People: for staff, and for the customers who show their own face. */
export const portraits: Record<string, Motif> = {
  bun: (p) =>
    `<circle cx="48" cy="17" r="9" fill="${p.dark}"/>${shoulders(p.main)}<circle cx="48" cy="41" r="20" fill="${p.dark}"/>${face}<path d="M30 44q2-17 18-17t18 17q-9-2-18-9-9 8-18 9z" fill="${p.dark}"/>${smile(p.dark)}`,
  bob: (p) =>
    `<path d="M24 64V44q0-24 24-24t24 24v20z" fill="${p.dark}"/>${shoulders(p.second)}${face}<path d="M30 44q4-17 18-17t18 17q-14 1-22-8-4 7-14 8z" fill="${p.dark}"/>${smile(p.dark)}`,
  ponytail: (p) =>
    `<path d="M62 26q22 4 16 38-12-4-16-20z" fill="${p.dark}"/>${shoulders(p.main)}<circle cx="48" cy="40" r="20" fill="${p.dark}"/>${face}<path d="M30 43q3-16 18-16t18 16q-18 0-36 0z" fill="${p.dark}"/>${smile(p.dark)}`,
  man: (p) =>
    `${shoulders(p.main)}${face}<path d="M30 44q-2-21 18-21t18 21q-3-8-8-10-10 4-22 1-5 3-6 9z" fill="${p.dark}"/>${smile(p.dark)}<path d="M41 67l7 9 7-9z" fill="${p.light}"/>`,
};

/** What people on WeChat put in place of their face. */
export const pictures: Record<string, Motif> = {
  flower: (p) =>
    `<path d="M48 44q-4 26-16 46" stroke="${p.second}" stroke-width="4" fill="none"/><path d="M40 74q-14-2-18-14 14-2 18 14z" fill="${p.second}"/>${[0, 60, 120, 180, 240, 300].map((angle) => petal(p.main, angle)).join('')}<circle cx="48" cy="42" r="9" fill="${p.light}"/>`,
  tulip: (p) =>
    `<path d="M48 50v42" stroke="${p.second}" stroke-width="4"/><path d="M48 84q-18-2-20-20 16 2 20 20zM48 84q16-4 18-18-14 2-18 18z" fill="${p.second}"/><path d="M30 24l9 9 9-13 9 13 9-9q4 32-18 32T30 24z" fill="${p.main}"/>`,
  sprout: (p) =>
    `<path d="M48 86V44" stroke="${p.main}" stroke-width="4"/><path d="M48 50q-22 0-24-20 22 0 24 20zM48 62q22 0 26-22-24 0-26 22z" fill="${p.main}"/><ellipse cx="48" cy="86" rx="18" ry="4" fill="${p.dark}" opacity=".25"/>`,
  cactus: (p) =>
    `<rect x="40" y="20" width="17" height="52" rx="8.5" fill="${p.main}"/><path d="M40 52H30V38M57 58h11V44" fill="none" stroke="${p.main}" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/><path d="M32 70h34l-4 20H36z" fill="${p.second}"/>`,
  leaf: (p) =>
    `<path d="M20 78Q14 24 78 18 84 78 28 80z" fill="${p.main}"/><path d="M22 86Q38 54 66 32" fill="none" stroke="${p.light}" stroke-width="3"/>`,
  cat: (p) =>
    `<path d="M22 24l14 12h24l14-12v34q0 22-26 22T22 58z" fill="${p.dark}"/><circle cx="38" cy="52" r="5" fill="${p.second}"/><circle cx="58" cy="52" r="5" fill="${p.second}"/><path d="M45 63h6l-3 4z" fill="${p.light}"/>`,
  dog: (p) =>
    `<ellipse cx="22" cy="46" rx="10" ry="19" fill="${p.main}"/><ellipse cx="74" cy="46" rx="10" ry="19" fill="${p.main}"/><rect x="24" y="22" width="48" height="56" rx="24" fill="${p.light}"/>${eyes(p.dark, 46)}<ellipse cx="48" cy="58" rx="6" ry="4.5" fill="${p.dark}"/><path d="M42 67q6 5 12 0" fill="none" stroke="${p.dark}" stroke-width="2"/>`,
  bear: (p) =>
    `<circle cx="26" cy="28" r="11" fill="${p.main}"/><circle cx="70" cy="28" r="11" fill="${p.main}"/><circle cx="48" cy="52" r="30" fill="${p.main}"/><ellipse cx="48" cy="62" rx="13" ry="10" fill="${p.light}"/>${eyes(p.dark, 46)}<circle cx="48" cy="58" r="3.5" fill="${p.dark}"/>`,
  rabbit: (p) =>
    `<ellipse cx="36" cy="24" rx="8" ry="20" fill="${p.light}"/><ellipse cx="60" cy="24" rx="8" ry="20" fill="${p.light}"/><ellipse cx="36" cy="26" rx="3.5" ry="13" fill="${p.second}"/><ellipse cx="60" cy="26" rx="3.5" ry="13" fill="${p.second}"/><circle cx="48" cy="60" r="25" fill="${p.light}"/>${eyes(p.dark, 57)}<circle cx="48" cy="66" r="3" fill="${p.main}"/>`,
  fish: (p) =>
    `<path d="M14 50q26-32 54 0-28 32-54 0z" fill="${p.main}"/><path d="M62 50l22-16v32z" fill="${p.second}"/><circle cx="30" cy="46" r="4" fill="${p.light}"/>`,
  bird: (p) =>
    `<circle cx="46" cy="52" r="26" fill="${p.main}"/><path d="M46 50q18 2 22 22-22 2-22-22z" fill="${p.light}"/><path d="M22 46L8 52l14 6z" fill="${p.second}"/><circle cx="34" cy="44" r="3.5" fill="${p.dark}"/>`,
  mountain: (p) =>
    `<circle cx="66" cy="30" r="12" fill="${p.second}"/><path d="M0 82l32-42 20 24 14-16 30 34v14H0z" fill="${p.main}"/><path d="M32 40l10 13-8 3-7-6-6 4z" fill="${p.light}"/>`,
  sea: (p) =>
    `<circle cx="62" cy="34" r="13" fill="${p.light}"/><path d="M0 56q12-8 24 0t24 0 24 0 24 0v40H0z" fill="${p.main}"/><path d="M0 74q12-8 24 0t24 0 24 0 24 0v22H0z" fill="${p.dark}" opacity=".45"/>`,
  night: (p) =>
    `<rect width="96" height="96" fill="${p.dark}"/><path d="M60 22a20 20 0 1 0 16 32 18 18 0 0 1-16-32z" fill="${p.second}"/><circle cx="22" cy="26" r="2" fill="${p.light}"/><circle cx="36" cy="44" r="1.6" fill="${p.light}"/><circle cx="78" cy="18" r="1.6" fill="${p.light}"/><path d="M0 78l26-16 22 12 20-14 28 18v18H0z" fill="${p.main}"/>`,
  dusk: (p) =>
    `<rect width="96" height="96" fill="${p.second}"/><circle cx="48" cy="56" r="20" fill="${p.light}"/><path d="M0 58h96v38H0z" fill="${p.main}"/><path d="M30 68h36M36 77h24" stroke="${p.light}" stroke-width="3" stroke-linecap="round"/>`,
  field: (p) =>
    `<path d="M0 60q30-20 52-6t44-4v46H0z" fill="${p.main}"/><path d="M0 76q36-16 96 0v20H0z" fill="${p.second}"/><path d="M66 54V34" stroke="${p.dark}" stroke-width="4"/><circle cx="66" cy="28" r="13" fill="${p.main}"/>`,
  coffee: (p) =>
    `<circle cx="48" cy="50" r="32" fill="${p.light}"/><circle cx="48" cy="50" r="24" fill="${p.dark}"/><path d="M48 62c-12-8-12-18-5-18 3 0 5 3 5 3s2-3 5-3c7 0 7 10-5 18z" fill="${p.second}"/>`,
  cake: (p) =>
    `<path d="M18 56h60v26H18z" fill="${p.light}"/><path d="M18 56q0-14 30-14t30 14q-5 9-10 0-5 9-10 0-5 9-10 0-5 9-10 0-5 9-10 0-5 9-10 0z" fill="${p.main}"/><path d="M48 42V26" stroke="${p.second}" stroke-width="4"/><circle cx="48" cy="21" r="4" fill="${p.second}"/>`,
  fruit: (p) =>
    `<circle cx="48" cy="56" r="27" fill="${p.main}"/><path d="M48 32q-2-10 6-16" stroke="${p.dark}" stroke-width="3" fill="none"/><path d="M52 26q12-12 24-4-10 12-24 4z" fill="${p.second}"/><ellipse cx="38" cy="46" rx="6" ry="9" fill="${p.light}" opacity=".5"/>`,
  boat: (p) =>
    `<path d="M48 20v42" stroke="${p.dark}" stroke-width="3"/><path d="M50 22l24 34H50z" fill="${p.light}"/><path d="M45 30L26 56h19z" fill="${p.second}"/><path d="M18 62h60l-10 16H28z" fill="${p.main}"/><path d="M6 84q12-6 24 0t24 0 24 0 12 0" fill="none" stroke="${p.main}" stroke-width="3"/>`,
  cloud: (p) =>
    `<circle cx="68" cy="30" r="11" fill="${p.second}"/><path d="M24 68a15 15 0 0 1 4-29 21 21 0 0 1 39 5 12 12 0 0 1 5 24z" fill="${p.light}"/>`,
};
