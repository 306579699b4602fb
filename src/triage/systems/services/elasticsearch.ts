import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const elasticsearchSystem: System = {
  id: 'elasticsearch',
  name: 'Elasticsearch and Kibana',
  layer: 'application',
  source: 'https://www.elastic.co/guide/en/elasticsearch/reference/current/security-api.html',
  rides: [],
  refusals: [
    {
      id: 'denied',
      by: 'code',
      all: [status(403), json('error.type', 'security_exception'), json('error.reason')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the user lacks a privilege',
    },
    {
      id: 'missing',
      by: 'code',
      all: [status(401), json('error.type', 'security_exception'), json('status', '401')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the credentials are missing or not valid',
    },
    {
      id: 'block',
      by: 'code',
      all: [status(403, 429), json('error.type', 'cluster_block_exception'), json('error.reason')],
      cause: 'quota',
      grade: 'proved',
      says: 'the index is blocked, most often because the disk is full',
    },
    {
      id: 'xsrf',
      by: 'code',
      all: [status(400), json('message', 'Request must contain a kbn-xsrf header.')],
      cause: 'csrf',
      grade: 'proved',
      says: 'Kibana wants the header kbn-xsrf',
    },
    {
      id: 'type',
      by: 'code',
      all: [status(406), json('error', /^Content-Type header \[.{0,200}\] is not supported/)],
      cause: 'content-type-denied',
      grade: 'proved',
      says: 'the Content-Type is not taken',
    },
  ],
  fixes: {
    'not-authorized':
      '`reason` names action and index: `POST _security/user/_has_privileges`; add the privilege to a role of the user (`PUT _security/role/NAME`), and send the request again',
    'authentication-required':
      'send Basic credentials or `Authorization: ApiKey …` that `GET _security/_authenticate` accepts',
    quota:
      'index.blocks.read_only_allow_delete is set where a disk is full (`GET _cat/allocation`): free space, `PUT INDEX/_settings` with null, and send the request again',
    csrf: 'http.cors.allow-origin in elasticsearch.yml, or the header kbn-xsrf for Kibana: send it, and the request again',
    'content-type-denied': 'send `Content-Type: application/json` (application/x-ndjson for _bulk)',
  },
};
