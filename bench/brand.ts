/** What a brand has before its first customer: stores, staff, stages, tags and a script library, at the size of the demo's. */
import type pg from 'pg';
import type { Part } from '../packages/contract/src/index.ts';

type Client = Pick<pg.Client, 'query'>;
export type Guide = { userid: string; name: string };

export const scriptCount = 120;
export const tagCount = 40;
const storeNames = ['南京西路店', '静安嘉里店', '天河正佳店', '福田星河店', '三里屯店', '西单大悦城店'];
const stages = [
  ['new', '新客', 'open'],
  ['trial', '试用中', 'open'],
  ['intent', '意向客户', 'open'],
  ['bought', '已购', 'won'],
  ['repeat', '复购', 'won'],
  ['asleep', '沉睡', 'lost'],
];
export const stageIds = stages.map(([id]) => id ?? '');

const sentences = [
  '{客户称呼}，精华用了一周，皮肤还适应吗？如果有一点点刺痛，可以先隔天用，把量减到两滴。',
  '您上次问的防晒到货了，质地比去年的轻很多，夏天上妆不会搓泥。我给您留了一支，周末路过门店随时来拿。',
  '会员日这三天，您常用的那款面霜第二件半价。需要我帮您留货吗？不用的话告诉我一声就好。',
  '空瓶可以拿回来换积分，五个空瓶换一份中样。您手上的积分还有 {积分} 分，年底前都能用。',
  '换季泛红的话，先停掉酸类，只用洁面、修护精华和面霜，三五天就会稳定下来。有变化随时发照片给我看。',
];

/** One to three messages, about half of them words only, as in a library that people really use. */
function partsOf(n: number): Part[] {
  const words: Part = { kind: 'text', text: sentences[n % sentences.length] ?? '' };
  const media = { sha256: n.toString(16).padStart(64, '0'), fileName: `picture-${n}.jpg`, byteSize: 180_000, contentType: 'image/jpeg' };
  if (n % 2 === 0) return [words];
  if (n % 3 === 0)
    return [
      words,
      { kind: 'link', title: '精华使用说明', description: '一周用法与注意事项', url: 'https://shop.example.com/a/1', cover: media },
    ];
  return [words, { kind: 'image', media }, { kind: 'text', text: sentences[(n + 1) % sentences.length] ?? '' }];
}

/** As the owner: row level security does not bind a superuser. `guides` are staff whom the simulated WeCom knows, so that they can log in. */
export async function fillBrand(client: Client, options: { corpId: string; guides: Guide[]; now: Date }): Promise<void> {
  const { corpId, guides, now } = options;
  await client.query(
    `INSERT INTO corps (corp_id, name, created_at) VALUES ($1, '初雪', $2) ON CONFLICT (corp_id) DO UPDATE SET name = excluded.name`,
    [corpId, now],
  );
  await client.query(
    `INSERT INTO stores (corp_id, store_id, region, name) SELECT $1, 'store-' || n, '华东', name FROM unnest($2::text[]) WITH ORDINALITY AS s (name, n)`,
    [corpId, storeNames],
  );
  await client.query(
    `INSERT INTO staff (corp_id, staff_user_id, name, position, store_id, role, follows_customers, synced_at)
     SELECT $1, id, name, '美容顾问', 'store-' || (1 + n % $5), 'guide', true, $4 FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS s (id, name, n)`,
    [corpId, guides.map(({ userid }) => userid), guides.map(({ name }) => name), now, storeNames.length],
  );
  await client.query(
    `INSERT INTO stages (corp_id, stage_id, name, position, kind) SELECT $1, id, name, n, kind FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS s (id, name, kind, n)`,
    [corpId, stageIds, stages.map(([, name]) => name), stages.map(([, , kind]) => kind)],
  );
  await client.query(
    `INSERT INTO tag_groups (corp_id, group_id, name, position, synced_at) SELECT $1, 'group-' || n, '标签组' || n, n, $2 FROM generate_series(0, 4) n`,
    [corpId, now],
  );
  await client.query(
    `INSERT INTO tags (corp_id, tag_id, group_id, name, pinyin, position, synced_at)
     SELECT $1, 'tag-' || n, 'group-' || n % 5, '标签' || n, 'biao qian ' || n, n, $2 FROM generate_series(0, $3::int - 1) n`,
    [corpId, now, tagCount],
  );
  await fillLibrary(client, corpId, now);
}

async function fillLibrary(client: Client, corpId: string, now: Date): Promise<void> {
  await client.query(
    `INSERT INTO script_folders (corp_id, folder_id, name, position) SELECT $1, 'folder-' || n, '文件夹' || n, n FROM generate_series(0, 7) n`,
    [corpId],
  );
  await client.query(
    `INSERT INTO scripts (corp_id, script_id, folder_id, status, published_version, created_at, updated_at)
     SELECT $1, 'script-' || n, 'folder-' || n % 8, 'published', 1, $2, $2 FROM generate_series(0, $3::int - 1) n`,
    [corpId, now, scriptCount],
  );
  for (let n = 0; n < scriptCount; n += 1) {
    const fit = {
      stageIds: n % 2 === 0 ? [stageIds[n % stageIds.length]] : [],
      tagIds: n % 3 === 0 ? [`tag-${n % tagCount}`, `tag-${(n * 7) % tagCount}`] : [],
      answers: n % 8 === 0 ? ['防晒', '泛红'] : [],
      daysSinceFollow: n % 10 === 0 ? [0, 7] : null,
      daysSinceOrder: n % 12 === 0 ? [5, 10] : null,
      silentDays: n % 9 === 0 ? 30 : null,
    };
    await client.query(
      `INSERT INTO script_versions (corp_id, script_id, version, title, title_pinyin, keywords, purpose, parts, fit, created_at, published_at)
       VALUES ($1, $2, 1, $3, $4, '{回访,精华}', $5, $6, $7, $8, $8)`,
      [
        corpId,
        `script-${n}`,
        `第${n}条话术`,
        `di ${n} tiao hua shu`,
        n % 3 === 0 ? 'marketing' : 'service',
        JSON.stringify(partsOf(n)),
        JSON.stringify(fit),
        now,
      ],
    );
  }
  await client.query(`INSERT INTO library_versions (corp_id, version, changed_at) VALUES ($1, 1, $2)`, [corpId, now]);
}
