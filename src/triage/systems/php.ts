import type { System } from '../system.js';
import { cakephpSystem } from './php/cakephp.js';
import { codeigniterSystem } from './php/codeigniter.js';
import { drupalSystem } from './php/drupal.js';
import { joomlaSystem } from './php/joomla.js';
import { laravelSystem } from './php/laravel.js';
import { magentoSystem } from './php/magento.js';
import { mediawikiSystem } from './php/mediawiki.js';
import { moodleSystem } from './php/moodle.js';
import { nextcloudSystem } from './php/nextcloud.js';
import { phpFpmSystem } from './php/php-fpm.js';
import { phpmyadminSystem } from './php/phpmyadmin.js';
import { symfonySystem } from './php/symfony.js';
import { yiiSystem } from './php/yii.js';

export const phpFamily: readonly System[] = [
  laravelSystem,
  symfonySystem,
  drupalSystem,
  joomlaSystem,
  magentoSystem,
  nextcloudSystem,
  codeigniterSystem,
  phpmyadminSystem,
  yiiSystem,
  cakephpSystem,
  phpFpmSystem,
  mediawikiSystem,
  moodleSystem,
];
