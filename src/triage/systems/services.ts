import type { System } from '../system.js';
import { actixSystem } from './services/actix.js';
import { auth0System } from './services/auth0.js';
import { couchdbSystem } from './services/couchdb.js';
import { discourseSystem } from './services/discourse.js';
import { elasticsearchSystem } from './services/elasticsearch.js';
import { firebaseSystem } from './services/firebase.js';
import { githubApiSystem } from './services/github-api.js';
import { grafanaSystem } from './services/grafana.js';
import { hasuraSystem } from './services/hasura.js';
import { kubernetesSystem } from './services/kubernetes.js';
import { mattermostSystem } from './services/mattermost.js';
import { microsoftGraphSystem } from './services/microsoft-graph.js';
import { minioSystem } from './services/minio.js';
import { ociRegistrySystem } from './services/oci-registry.js';
import { odooSystem } from './services/odoo.js';
import { oktaSystem } from './services/okta.js';
import { phoenixSystem } from './services/phoenix.js';
import { postgrestSystem } from './services/postgrest.js';
import { rabbitmqSystem } from './services/rabbitmq.js';
import { rocketSystem } from './services/rocket.js';
import { salesforceSystem } from './services/salesforce.js';
import { sapSystem } from './services/sap.js';
import { vaultSystem } from './services/vault.js';

export const servicesFamily: readonly System[] = [
  githubApiSystem,
  ociRegistrySystem,
  rocketSystem,
  oktaSystem,
  auth0System,
  postgrestSystem,
  hasuraSystem,
  kubernetesSystem,
  elasticsearchSystem,
  grafanaSystem,
  minioSystem,
  discourseSystem,
  phoenixSystem,
  actixSystem,
  vaultSystem,
  couchdbSystem,
  rabbitmqSystem,
  salesforceSystem,
  microsoftGraphSystem,
  firebaseSystem,
  odooSystem,
  sapSystem,
  mattermostSystem,
];
