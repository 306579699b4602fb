import type { System } from '../system.js';
import { apigeeSystem } from './gateways/apigee.js';
import { apiparkSystem } from './gateways/apipark.js';
import { apisixSystem } from './gateways/apisix.js';
import { envoySystem } from './gateways/envoy.js';
import { graviteeSystem } from './gateways/gravitee.js';
import { ibmDatapowerSystem } from './gateways/ibm-datapower.js';
import { ingressNginxSystem } from './gateways/ingress-nginx.js';
import { istioSystem } from './gateways/istio.js';
import { kongSystem } from './gateways/kong.js';
import { krakendSystem } from './gateways/krakend.js';
import { mulesoftSystem } from './gateways/mulesoft.js';
import { oauth2ProxySystem } from './gateways/oauth2-proxy.js';
import { rapidapiSystem } from './gateways/rapidapi.js';
import { threescaleSystem } from './gateways/threescale.js';
import { tykSystem } from './gateways/tyk.js';
import { wso2System } from './gateways/wso2.js';
import { zuploSystem } from './gateways/zuplo.js';

export const gatewaysFamily: readonly System[] = [
  kongSystem,
  tykSystem,
  apisixSystem,
  apiparkSystem,
  wso2System,
  graviteeSystem,
  krakendSystem,
  ibmDatapowerSystem,
  mulesoftSystem,
  threescaleSystem,
  zuploSystem,
  apigeeSystem,
  envoySystem,
  istioSystem,
  oauth2ProxySystem,
  ingressNginxSystem,
  rapidapiSystem,
];
