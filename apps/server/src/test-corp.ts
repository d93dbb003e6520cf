/** The corp that tests belong to, and the session key its database role's password follows from. */
export const testCorpId = 'ww0123456789abcdef';
export const testSessionKey = 'a session key that is used in tests only, 32+ bytes';
