import { ApiFailure } from './api-failure.ts';
import { askBootAgain } from './frame/refresh-boot.ts';
import { showToast } from './toast/toast.ts';

/**
 * Follows a link to a file once it is known that the session still holds, or after signing in again: a browser says of a refusal at most that there is no
 * such file. `<a :href download @click="download">`.
 */
export async function download(click: MouseEvent): Promise<void> {
  const link = click.currentTarget;
  if (!(link instanceof HTMLAnchorElement)) return;
  click.preventDefault();
  try {
    await askBootAgain();
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    showToast(error.message);
    return;
  }
  const followed = document.createElement('a');
  followed.href = link.href;
  followed.download = link.download;
  followed.click();
}
