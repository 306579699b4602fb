import { header, json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const magentoSystem: System = {
  id: 'magento',
  name: 'Magento',
  layer: 'application',
  source: 'documentation and source of Magento',
  rides: [],
  refusals: [
    {
      id: 'resource',
      by: 'code',
      all: [
        status(401, 403),
        json('message', /^(?:The consumer isn't authorized to access %resources\.|Consumer is not authorized)/),
        json('message'),
      ],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'the consumer lacks the resource',
    },
    {
      id: 'form-key',
      by: 'code',
      all: [status(302, 403), json('message', /Invalid Form Key/), json('message')],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form key is not valid',
    },
    {
      id: 'form-key-redirect',
      by: 'header',
      all: [status(302), header('set-cookie', /^mage-messages=.{0,400}Invalid\+Form\+Key/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'a redirect with the message that form_key is missing or wrong',
    },
  ],
  fixes: {
    'not-authorized':
      'System > Integrations (or User Roles) > API: grant the resource that the answer names (`parameters.resources`), re-authorize, and send the token again',
    csrf: 'give the suite a session: GET the page, and send form_key as field and cookie; an own controller may implement CsrfAwareActionInterface',
  },
};
