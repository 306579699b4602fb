import type { System } from '../system.js';
import { gitlabSystem } from './ruby/gitlab.js';
import { railsSystem } from './ruby/rails.js';

export const rubyFamily: readonly System[] = [railsSystem, gitlabSystem];
