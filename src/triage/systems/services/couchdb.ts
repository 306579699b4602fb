import { header, json, jsonKeys, status } from '../../sign.js';
import type { System } from '../../system.js';

export const couchdbSystem: System = {
  id: 'couchdb',
  name: 'CouchDB',
  layer: 'application',
  source: 'https://docs.couchdb.org/en/stable/api/basics.html',
  rides: [header('server', /^CouchDB\//)],
  refusals: [
    {
      id: 'forbidden',
      by: 'code',
      all: [status(403), jsonKeys('error', 'reason'), json('error', 'forbidden')],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the security object of the database, or a validation function, refuses it',
      or: ['application/business-rule'],
    },
    {
      id: 'unauthorized',
      by: 'code',
      all: [status(401), jsonKeys('error', 'reason'), json('error', 'unauthorized')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'there are no credentials that it knows',
    },
    {
      id: 'too-large',
      by: 'code',
      all: [
        status(413),
        jsonKeys('error', 'reason'),
        json('error', /^(?:document_too_large|too_large|attachment_too_large)$/),
      ],
      cause: 'body-too-large',
      grade: 'proved',
      says: 'the document is over max_document_size',
    },
  ],
  fixes: {
    'not-authorized':
      'add the user to members or admins of the database (`GET /db/_security`), and look at validate_doc_update of its design documents',
    'authentication-required': 'log in (`POST /_session`), or send Basic credentials',
    'body-too-large': 'raise `[couchdb] max_document_size` or `[chttpd] max_http_request_size`',
  },
};
