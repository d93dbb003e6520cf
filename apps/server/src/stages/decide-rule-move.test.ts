import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideRuleMove, type Rule, type RuleFacts } from './decide-rule-move.ts';

const now = new Date('2026-06-09T10:00:00Z');
const today = { now, timeZone: 'Asia/Shanghai' };
const facts = (more: Partial<RuleFacts> = {}): RuleFacts => ({
  stageId: 'lead',
  tagIds: new Set(),
  newestOrderId: null,
  lastEngagedAt: now,
  stageEnteredAt: null,
  alive: true,
  marks: new Map(),
  ...more,
});
const byTag: Rule = { ruleId: 'r1', when: { kind: 'tag', tagId: 'vip' }, fromStageIds: [], toStageId: 'warm' };
const byOrder: Rule = { ruleId: 'r2', when: { kind: 'order' }, fromStageIds: ['lead', 'warm'], toStageId: 'won' };
const bySilence: Rule = { ruleId: 'r3', when: { kind: 'silence', days: 30 }, fromStageIds: [], toStageId: 'asleep' };

test('a tag moves her once; a move by hand afterwards stays, and the tag given again moves her again', () => {
  const first = decideRuleMove([byTag], facts({ tagIds: new Set(['vip']) }), today);
  expect(first).toEqual({ move: { toStageId: 'warm', ruleId: 'r1' }, marks: [{ ruleId: 'r1', cause: 'vip' }], unmark: [] });
  const marks = new Map([['r1', 'vip']]);
  expect(decideRuleMove([byTag], facts({ tagIds: new Set(['vip']), marks }), today).move).toBeNull();
  expect(decideRuleMove([byTag], facts({ marks }), today).unmark).toEqual(['r1']);
});

test('each order moves her once, and only from where the rule takes her', () => {
  expect(decideRuleMove([byOrder], facts({ newestOrderId: 'o1' }), today).move?.toStageId).toBe('won');
  expect(decideRuleMove([byOrder], facts({ newestOrderId: 'o1', stageId: null }), today)).toMatchObject({
    move: null,
    marks: [{ ruleId: 'r2', cause: 'o1' }],
  });
  expect(decideRuleMove([byOrder], facts({ newestOrderId: 'o2', marks: new Map([['r2', 'o1']]) }), today).move?.toStageId).toBe('won');
});

const silentSince = (lastEngagedAt: string) => facts({ lastEngagedAt: new Date(lastEngagedAt) });

test("thirty days of the corp's calendar without a sign of life, whatever the hour; not for somebody who has left", () => {
  const lateOnThe10th = silentSince('2026-05-10T23:59:59+08:00');
  expect(decideRuleMove([bySilence], lateOnThe10th, today).move?.toStageId).toBe('asleep');
  expect(decideRuleMove([bySilence], silentSince('2026-05-11T00:00:00+08:00'), today).move).toBeNull();
  expect(decideRuleMove([bySilence], { ...lateOnThe10th, alive: false }, today).move).toBeNull();
  expect(decideRuleMove([bySilence], { ...lateOnThe10th, stageEnteredAt: now }, today).move).toBeNull();
});

test('of two causes at once the first rule wins, and the other does not come back for it', () => {
  const both = facts({ tagIds: new Set(['vip']), newestOrderId: 'o1' });
  const { move, marks } = decideRuleMove([byOrder, byTag], both, today);
  expect(move?.ruleId).toBe('r2');
  expect(marks.map((mark) => mark.ruleId)).toEqual(['r2', 'r1']);
});

test('whatever the rules and the customer, a second look changes nothing', () => {
  const stage = fc.constantFrom('lead', 'warm', 'won', 'asleep');
  const when = fc.oneof(
    fc.constantFrom('vip', 'new').map((tagId) => ({ kind: 'tag' as const, tagId })),
    fc.constant({ kind: 'order' as const }),
    fc.constantFrom(1, 30).map((days) => ({ kind: 'silence' as const, days })),
  );
  const rules = fc
    .array(
      fc.record({ when, fromStageIds: fc.uniqueArray(fc.constantFrom('lead', 'warm', 'won', 'none'), { maxLength: 2 }), toStageId: stage }),
      { maxLength: 5 },
    )
    .map((list) => list.map((rule, n) => ({ ...rule, ruleId: `r${n}` })));
  fc.assert(
    fc.property(
      rules,
      fc.option(stage),
      fc.subarray(['vip', 'new']),
      fc.constantFrom(null, 'o1'),
      fc.integer({ min: 0, max: 60 }),
      (list, stageId, tags, order, days) => {
        const before = facts({
          stageId,
          tagIds: new Set(tags),
          newestOrderId: order,
          lastEngagedAt: new Date(now.getTime() - days * 86_400_000),
        });
        let current = before;
        // A move may bring her to where another rule takes her from: each rule acts at most once on a cause, so it ends.
        for (let look = 0; look <= list.length; look += 1) {
          const { move, marks } = decideRuleMove(list, current, today);
          if (move === null && marks.length === 0) return;
          current = facts({
            ...before,
            stageId: move ? move.toStageId : current.stageId,
            marks: new Map([...current.marks, ...marks.map((mark) => [mark.ruleId, mark.cause] as const)]),
          });
        }
        expect(decideRuleMove(list, current, today)).toMatchObject({ move: null, marks: [] });
      },
    ),
  );
});
