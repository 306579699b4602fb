export { type SetupServer, serverNames, setupAdvice } from '../waf/modsecurity/setup-advice.js';
