import type { System } from '../system.js';
import { aspnetSystem } from './microsoft/aspnet.js';
import { aspnetcoreSystem } from './microsoft/aspnetcore.js';
import { httpSysSystem } from './microsoft/http-sys.js';
import { iisSystem } from './microsoft/iis.js';
import { sharepointSystem } from './microsoft/sharepoint.js';

export const microsoftFamily: readonly System[] = [
  aspnetcoreSystem,
  aspnetSystem,
  iisSystem,
  httpSysSystem,
  sharepointSystem,
];
