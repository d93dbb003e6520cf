import { ApiFailure, failureOf, unreachable } from './api-failure.ts';
import type { Routes } from './api-routes.ts';
import { headersOfPage } from './api.ts';
import { signedInAgain } from './sign-in/session.ts';

type Upload = {
  file: File;
  /** Goes before the file, so that the server knows it when the file begins. */
  fields?: Record<string, string>;
  /** 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
};

type UploadKey = Extract<keyof Routes, `POST ${string}`>;

/** Sends one file as multipart, with progress, which fetch does not tell. Otherwise as `api`: ApiFailure, and after a 401 the same file once more. */
export async function upload<Key extends UploadKey>(key: Key, given: Upload): Promise<Routes[Key]['reply']> {
  for (;;) {
    try {
      return await send(String(key).slice('POST '.length), given);
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.status !== 401) throw error;
      await signedInAgain();
    }
  }
}

function send<Reply>(url: string, { file, fields = {}, onProgress, signal }: Upload): Promise<Reply> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of Object.entries(headersOfPage())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) done(JSON.parse(request.responseText));
      else failed(failureOf(request.status, request.responseText));
    });
    request.addEventListener('error', () => failed(unreachable()));
    request.addEventListener('abort', () => failed(new DOMException('the upload was stopped', 'AbortError')));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
