const namedSecret = /\b(access_token|corpsecret|ticket|user_ticket|suite_access_token)(["']?\s*[=:]\s*["']?)[^&\s"',}]+/gi;

/** Text that may be logged: values of secret parameters and any of the given secrets are replaced by `***`. */
export function redact(text: string, secrets: Iterable<string>): string {
  let clean = text.replaceAll(namedSecret, '$1$2***');
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '***');
  return clean;
}
