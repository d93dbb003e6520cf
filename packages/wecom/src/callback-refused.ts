/**
 * Why a callback is not accepted: its text is not the XML that WeCom sends (`xml`), carries a DOCTYPE (`doctype`), is larger than
 * any callback (`too_large`), is not whole cipher blocks in base64 (`length`), was padded by somebody without the key (`padding`),
 * is not UTF-8 (`utf8`), or is meant for another corp (`receive_id`).
 */
export type RefusalReason = 'xml' | 'doctype' | 'too_large' | 'length' | 'padding' | 'utf8' | 'receive_id';

/** Thrown for a callback that must be answered with a refusal and never stored. */
export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`callback refused: ${reason}`);
    this.reason = reason;
  }
}
