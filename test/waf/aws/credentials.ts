import { afterAll, beforeAll } from 'vitest';

const variables: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Gives the tests of a file an environment for the SDK that leads nowhere but to this machine; it is put back afterwards. */
export function withAwsEnvironment(more: Readonly<Record<string, string>> = {}): void {
  const before = { ...process.env };
  beforeAll(() => void Object.assign(process.env, variables, more));
  afterAll(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
}
