/** What the system and the libraries call their failures, in words. They stand after a place or a name, without the path. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'your quota of disk space is used up',
  EFBIG: 'the file would be too large',
  EMFILE: 'too many files are open; raise "ulimit -n"',
  ENFILE: 'too many files are open on this machine',
  ENOMEM: 'no memory is left',
  EAGAIN: 'the system is short of processes or memory',
  EEXIST: 'something of this name is there already',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'symbolic links lead in a circle',
  EBUSY: 'it is in use',
  EIO: 'the device failed',
  ENXIO: 'there is no such device',
  ETXTBSY: 'the program is being written',
  ENOEXEC: 'it is not a program',
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'this machine does not have this address',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  ECONNABORTED: 'the connection was aborted',
  EPROTO: 'no TLS is spoken there',
  EPIPE: 'the other side closed the connection',
  ETIMEDOUT: 'no answer in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
  Z_DATA_ERROR: 'it is not valid gzip',
  Z_BUF_ERROR: 'it ends in the middle',
};

/** Why something failed, in words for users: never an error code, a path or a text that is meant for programmers. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = codeOf(error);
  if (code === 'ENOENT' && 'syscall' in error && /^spawn/.test(String(error.syscall)))
    return 'there is no such program';
  return reasons[code] ?? withoutCode(error.message);
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

/** V8 quotes what it could not read, which is for nobody but whoever has the file. */
const quotedJson = /^(.*?),? (?:\.{3})?".*"(?:\.{3})? is not valid JSON$/s;

/** `EXDEV: cross-device link not permitted, rename 'a' -> 'b'` is how Node writes what the system says. */
function withoutCode(message: string): string {
  const system = /^E[A-Z0-9]+: (.*?)(?:, [a-z]+(?: '.*)?)?$/s.exec(message)?.[1];
  return system ?? quotedJson.exec(message)?.[1] ?? message;
}
