import { shallowRef } from 'vue';

export type Question = {
  title: string;
  /** What will happen, and to how many. */
  text: string;
  /** The button is the verb: 删除, 下线. */
  verb: string;
  /** True for what cannot be undone. */
  danger?: boolean;
};

/** The question on screen, or null. Drawn by ConfirmHost. */
export const question = shallowRef<(Question & { answer: (yes: boolean) => void }) | null>(null);

/**
 * Asks before something that cannot be undone: `if (await confirm({ title, text, verb })) …`. What can be undone is done at once, with 撤销 in the toast.
 */
export function confirm(asked: Question): Promise<boolean> {
  question.value?.answer(false);
  return new Promise((done) => {
    question.value = {
      ...asked,
      answer(yes) {
        question.value = null;
        done(yes);
      },
    };
  });
}
