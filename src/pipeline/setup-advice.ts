export { type ServerName, serverNames, setupAdvice } from '../waf/modsecurity/setup-advice.js';
