/**
 * A server that answers as one with a WAF does, and writes libmodsecurity's JSON audit log to the file that it is given: it refuses
 * what speaks of `UNION SELECT`. Started by the bench `million`; sends its port when it is ready.
 */
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [log = ''] = process.argv.slice(2);

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const isRefused = body.includes('UNION+SELECT');
  const status = isRefused ? 403 : 200;
  const { method, url, headers } = request;
  const transaction = {
    unique_id: headers['x-wafproof-id'],
    time_stamp: new Date().toString().slice(0, 24),
    request: { method, uri: url, http_version: '1.1', headers: { 'X-Wafproof-Id': headers['x-wafproof-id'] } },
    response: { http_code: status },
    producer: {
      modsecurity: 'ModSecurity v3.0.9 (Linux)',
      secrules_engine: 'Enabled',
      components: ['OWASP_CRS/3.3.4"'],
    },
    messages: isRefused ? [sqlInjection, anomalyScore] : [],
  };
  appendFileSync(log, `${JSON.stringify({ transaction })}\n`);
  response.writeHead(status).end(isRefused ? 'no' : 'ok');
});

const sqlInjection = {
  message: 'SQL Injection',
  details: {
    ruleId: '942100',
    severity: '2',
    match:
      "Matched \"Operator `Rx' with parameter `union\\s+select' against variable `ARGS:comment' (Value: `UNION SELECT' )",
  },
};
const anomalyScore = {
  message: 'Inbound Anomaly Score Exceeded (Total Score: 5)',
  details: {
    ruleId: '949110',
    severity: '2',
    match: "Matched \"Operator `Ge' with parameter `5' against variable `TX:ANOMALY_SCORE' (Value: `5' )",
  },
};

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('disconnect', () => process.exit());
