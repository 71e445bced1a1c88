/** An error of the operating system, such as ENOSPC: not a bug of ours. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/** What the machine lacks or does not allow, wherever it happens: no room, no rights, no more files. */
const lacking = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ENOMEM', 'EIO'];

/** Whether the machine is to blame: then neither the tool nor the repository is. */
export function isLacking(error: unknown): error is NodeJS.ErrnoException {
  return isSystemError(error) && lacking.includes(error.code ?? '');
}
