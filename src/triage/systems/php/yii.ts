import { markup, status, title } from '../../sign.js';
import type { System } from '../../system.js';

export const yiiSystem: System = {
  id: 'yii',
  name: 'Yii',
  layer: 'application',
  source: 'documentation and source of Yii',
  rides: [],
  refusals: [
    {
      id: 'csrf',
      by: 'page',
      all: [status(400), markup('Unable to verify your data submission.'), title(/Bad Request|\(#400\)/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the form token is missing or wrong',
    },
    {
      id: 'forbidden',
      by: 'page',
      all: [status(403), markup('You are not allowed to perform this action.'), title(/Forbidden|\(#403\)/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'access control refuses the user',
    },
  ],
  fixes: {
    csrf: 'give the suite a session: GET the form, and send _csrf with its cookie (or X-CSRF-Token); `$enableCsrfValidation = false` in the one API controller excepts it',
    'not-authorized':
      '`AccessControl` in behaviors() of the controller has the rules: send as a user with that role (`authManager->assign`)',
  },
};
