import type { System } from '../system.js';
import { awsAlbSystem } from './clouds/aws-alb.js';
import { awsApigwSystem } from './clouds/aws-apigw.js';
import { awsLambdaUrlSystem } from './clouds/aws-lambda-url.js';
import { awsWafSystem } from './clouds/aws-waf.js';
import { azureAgcSystem } from './clouds/azure-agc.js';
import { azureApimSystem } from './clouds/azure-apim.js';
import { azureAppgwSystem } from './clouds/azure-appgw.js';
import { azureAppserviceSystem } from './clouds/azure-appservice.js';
import { azureFrontdoorSystem } from './clouds/azure-frontdoor.js';
import { cloudFoundrySystem } from './clouds/cloud-foundry.js';
import { cloudfrontSystem } from './clouds/cloudfront.js';
import { flySystem } from './clouds/fly.js';
import { githubPagesSystem } from './clouds/github-pages.js';
import { googleApiSystem } from './clouds/google-api.js';
import { googleCloudArmorSystem } from './clouds/google-cloud-armor.js';
import { googleEspSystem } from './clouds/google-esp.js';
import { googleFrontendSystem } from './clouds/google-frontend.js';
import { herokuSystem } from './clouds/heroku.js';
import { netlifySystem } from './clouds/netlify.js';
import { railwaySystem } from './clouds/railway.js';
import { renderSystem } from './clouds/render.js';
import { shopifySystem } from './clouds/shopify.js';
import { vercelSystem } from './clouds/vercel.js';

export const cloudsFamily: readonly System[] = [
  awsWafSystem,
  awsAlbSystem,
  cloudfrontSystem,
  azureFrontdoorSystem,
  azureAppgwSystem,
  azureAgcSystem,
  azureAppserviceSystem,
  googleCloudArmorSystem,
  googleFrontendSystem,
  googleApiSystem,
  googleEspSystem,
  vercelSystem,
  netlifySystem,
  herokuSystem,
  renderSystem,
  flySystem,
  githubPagesSystem,
  awsApigwSystem,
  awsLambdaUrlSystem,
  azureApimSystem,
  cloudFoundrySystem,
  shopifySystem,
  railwaySystem,
];
