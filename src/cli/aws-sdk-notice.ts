/**
 * The AWS SDK tells on standard error which versions of Node it will need some day, whenever it is loaded. That is for
 * whoever makes Wafproof, not for those who run it.
 */
export function withholdAwsSdkNotice(env: Record<string, string | undefined>): void {
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
}
