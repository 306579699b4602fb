import { managedGroup, type RuleRow } from './group-builder.js';

/**
 * Groups that look at who sends a request: aws-managed-rule-groups-ip-rep.html, -bot.html, -atp.html, -acfp.html and
 * -anti-ddos.html of https://docs.aws.amazon.com/waf/latest/developerguide/. The names of bots and the like are in labels
 * that no list has in full.
 */
export const clientGroups = [
  managedGroup({
    name: 'AWSManagedRulesAmazonIpReputationList',
    labels: 'amazon-ip-list',
    kind: 'ip',
    capacity: 25,
    isVersioned: false,
    rules: [
      ['AWSManagedIPReputationList', 'AWSManagedIPReputationList', 'address'],
      ['AWSManagedReconnaissanceList', 'AWSManagedReconnaissanceList', 'address'],
      ['AWSManagedIPDDoSList', 'AWSManagedIPDDoSList', 'address', { action: 'count' }],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesAnonymousIpList',
    labels: 'anonymous-ip-list',
    kind: 'ip',
    capacity: 50,
    isVersioned: false,
    rules: [
      ['AnonymousIPList', 'AnonymousIPList', 'address'],
      ['HostingProviderIPList', 'HostingProviderIPList', 'address'],
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesBotControlRuleSet',
    labels: 'bot-control',
    kind: 'bot',
    capacity: 50,
    hasOnlyListedLabels: false,
    rules: [
      ...[
        'Advertising',
        'Archiver',
        'ContentFetcher',
        'EmailClient',
        'HttpLibrary',
        'LinkChecker',
        'Miscellaneous',
        'Monitoring',
        'PagePreview',
        'ScrapingFramework',
        'SearchEngine',
        'Security',
        'Seo',
        'SocialMedia',
        'Webhooks',
        'AI',
      ].map((name): RuleRow => [`Category${name}`, `bot:category:${snake(name)}`, 'client']),
      ...['AutomatedBrowser', 'KnownBotDataCenter', 'NonBrowserUserAgent'].map(
        (name): RuleRow => [`Signal${name}`, `signal:${snake(name)}`, 'client'],
      ),
      targeted('VolumetricIpTokenAbsent', 'challenge'),
      targeted('TokenAbsent', 'count'),
      targeted('VolumetricSession', 'captcha'),
      targeted('VolumetricSessionMaximum', 'block'),
      targeted('SignalAutomatedBrowser', 'captcha'),
      targeted('SignalBrowserAutomationExtension', 'captcha'),
      targeted('SignalBrowserInconsistency', 'captcha'),
      targeted('ML_CoordinatedActivityLow', 'challenge'),
      targeted('ML_CoordinatedActivityMedium', 'captcha'),
      targeted('ML_CoordinatedActivityHigh', 'captcha'),
      ...['Ip', 'Country', 'Asn'].flatMap((of) => [
        targeted(`TokenReuse${of}Low`, 'count'),
        targeted(`TokenReuse${of}Medium`, 'captcha'),
        targeted(`TokenReuse${of}High`, 'block'),
      ]),
    ],
  }),
  managedGroup({
    name: 'AWSManagedRulesATPRuleSet',
    labels: 'atp',
    kind: 'account',
    capacity: 50,
    hasOnlyListedLabels: false,
    rules: accountRules([
      'UnsupportedCognitoIDP',
      'VolumetricIpHigh',
      'VolumetricSession',
      'AttributeCompromisedCredentials',
      'AttributeUsernameTraversal',
      'AttributePasswordTraversal',
      'AttributeLongSession',
      'TokenRejected',
      'SignalMissingCredential',
      'VolumetricIpFailedLoginResponseHigh',
      'VolumetricSessionFailedLoginResponseHigh',
    ]),
  }),
  managedGroup({
    name: 'AWSManagedRulesACFPRuleSet',
    labels: 'acfp',
    kind: 'account',
    capacity: 50,
    hasOnlyListedLabels: false,
    rules: accountRules([
      'UnsupportedCognitoIDP',
      'RiskScoreHigh',
      'SignalCredentialCompromised',
      'SignalClientHumanInteractivityAbsentLow',
      'AutomatedBrowser',
      'BrowserInconsistency',
      'VolumetricIpHigh',
      'VolumetricSessionHigh',
      'AttributeUsernameTraversalHigh',
      'VolumetricPhoneNumberHigh',
      'VolumetricAddressHigh',
      'VolumetricAddressLow',
      'VolumetricIPSuccessfulResponse',
      'VolumetricSessionSuccessfulResponse',
      'VolumetricSessionTokenReuseIp',
    ]).concat([['AllRequests', 'AllRequests', 'account', { action: 'challenge' }]]),
  }),
  managedGroup({
    name: 'AWSManagedRulesAntiDDoSRuleSet',
    labels: 'anti-ddos',
    kind: 'rate',
    capacity: 50,
    hasOnlyListedLabels: false,
    rules: [
      ['ChallengeAllDuringEvent', 'ChallengeAllDuringEvent', 'client', { action: 'challenge' }],
      ['ChallengeDDoSRequests', 'ChallengeDDoSRequests', 'client', { action: 'challenge' }],
      ['DDoSRequests', 'DDoSRequests', 'client'],
    ],
  }),
];

function targeted(name: string, action: 'block' | 'count' | 'captcha' | 'challenge'): RuleRow {
  return [`TGT_${name}`, `TGT_${name}`, 'client', { action }];
}

function accountRules(names: readonly string[]): RuleRow[] {
  return names.map((name): RuleRow => [name, name, 'account']);
}

/** `HttpLibrary` is `http_library`, `AI` is `ai`. */
function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
}
