/** What to do where the lab's log cannot be written. */
export const otherAuditLog = 'choose another file with --audit-log';
