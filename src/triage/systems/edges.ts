import type { System } from '../system.js';
import { akamaiSystem } from './edges/akamai.js';
import { aliyunWafSystem } from './edges/aliyun-waf.js';
import { arvanSystem } from './edges/arvan.js';
import { azionSystem } from './edges/azion.js';
import { baiduYunjiasuSystem } from './edges/baidu-yunjiasu.js';
import { bunnySystem } from './edges/bunny.js';
import { cloudflareSystem } from './edges/cloudflare.js';
import { ddosGuardSystem } from './edges/ddos-guard.js';
import { dosarrestSystem } from './edges/dosarrest.js';
import { edgecastSystem } from './edges/edgecast.js';
import { fastlySystem } from './edges/fastly.js';
import { fastlyNgwafSystem } from './edges/fastly-ngwaf.js';
import { gcoreSystem } from './edges/gcore.js';
import { greywizardSystem } from './edges/greywizard.js';
import { huaweiWafSystem } from './edges/huawei-waf.js';
import { impervaSystem } from './edges/imperva.js';
import { indusfaceSystem } from './edges/indusface.js';
import { keycdnSystem } from './edges/keycdn.js';
import { knownsecSystem } from './edges/knownsec.js';
import { nexusguardSystem } from './edges/nexusguard.js';
import { nguardSystem } from './edges/nguard.js';
import { qratorSystem } from './edges/qrator.js';
import { reblazeSystem } from './edges/reblaze.js';
import { redshieldSystem } from './edges/redshield.js';
import { sitelockSystem } from './edges/sitelock.js';
import { stackpathSystem } from './edges/stackpath.js';
import { stormwallSystem } from './edges/stormwall.js';
import { sucuriSystem } from './edges/sucuri.js';
import { tencentWafSystem } from './edges/tencent-waf.js';
import { viettelSystem } from './edges/viettel.js';
import { wallarmSystem } from './edges/wallarm.js';
import { zenedgeSystem } from './edges/zenedge.js';

export const edgesFamily: readonly System[] = [
  cloudflareSystem,
  akamaiSystem,
  impervaSystem,
  sucuriSystem,
  fastlySystem,
  fastlyNgwafSystem,
  redshieldSystem,
  ddosGuardSystem,
  qratorSystem,
  stackpathSystem,
  reblazeSystem,
  azionSystem,
  arvanSystem,
  wallarmSystem,
  huaweiWafSystem,
  tencentWafSystem,
  baiduYunjiasuSystem,
  aliyunWafSystem,
  knownsecSystem,
  edgecastSystem,
  bunnySystem,
  gcoreSystem,
  keycdnSystem,
  sitelockSystem,
  greywizardSystem,
  nexusguardSystem,
  dosarrestSystem,
  viettelSystem,
  zenedgeSystem,
  indusfaceSystem,
  stormwallSystem,
  nguardSystem,
];
