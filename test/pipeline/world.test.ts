import { expect, test } from 'vitest';
import { worldOf } from '../../src/pipeline/world.js';

test('a world is silent, empty and never ends where nothing else is said', () => {
  const { progress, ...world } = worldOf({ cwd: '/work' });
  expect(world).toMatchObject({ cwd: '/work', env: {}, signal: { aborted: false } });
  progress.stage('reading');
  progress.start(3);
  progress.warn('late');
  progress.end();
});

test('of progress a program hears what it likes', () => {
  const heard: string[] = [];
  const { progress, env } = worldOf({ cwd: '.', env: { A: 'b' }, progress: { warn: (text) => void heard.push(text) } });
  progress.stage('reading');
  progress.warn('late');
  expect([heard, env]).toEqual([['late'], { A: 'b' }]);
});
