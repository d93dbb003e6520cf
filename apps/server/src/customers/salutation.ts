// What a guide writes behind a name is for herself: `张姐 要小样 难搞` must never reach Ms Zhang.
const separator = /[\s·•・|｜/／,，、;；:：()（）[\]【】_—~～+＋-]+/;

/** How to address her: the remark up to the first separator, else her nickname as it stands. */
export function salutationOf(remark: string, nickname: string): string {
  const spoken = remark
    .trim()
    .split(separator)
    .find((word) => word !== '');
  return spoken ?? nickname;
}
