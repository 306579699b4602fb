import type { LineForm } from './line-form.js';

/** Lines of the operating system and of what guards it. */
export const hostForms: readonly LineForm[] = [
  // type=AVC msg=audit(1455571792.565:32): apparmor="DENIED" operation="open" profile="/usr/sbin/nginx" name="/srv/x" … comm="nginx"
  {
    kind: 'apparmor',
    pattern:
      /^.{0,300}?apparmor="(?<result>[A-Z]{5,10})" operation="(?<operation>[^"]{1,60})"(?: info="[^"]{0,200}")?(?: error=-?\d{1,5})?(?: (?:class|namespace)="[^"]{0,100}")?(?: profile="(?<profile>[^"]{0,400})")?(?: name=(?<name>"[^"]{0,2000}"|[0-9A-F]{2,4000}))?/u,
  },
  // type=AVC msg=audit(1513869456.604:322): avc:  denied  { getattr } for  pid=3683 comm="httpd" path="/web/index.html" … permissive=0
  {
    kind: 'selinux',
    pattern:
      /^.{0,300}?avc: {1,3}(?<result>denied|granted) {1,3}\{ (?<permission>[^}]{1,200}) \} for {1,3}(?:pid=\d{1,9} )?(?:comm="?(?<command>[^"\s]{1,100})"? )?(?:(?:path|name)="?(?<path>[^"\s]{0,2000})"? )?(?:.{0,1000}?permissive=(?<permissive>[01]))?/u,
  },
  // Nov 30 10:00:01 web1 setroubleshoot[812]: SELinux is preventing /usr/sbin/nginx from name_connect access on the tcp_socket port 8080.
  {
    kind: 'selinux',
    pattern:
      /^(?:.{0,200}?(?:setroubleshoot|sedispatch|sealert)\S{0,20}: )?(?:SELinux is preventing) (?<command>\S{1,300}) from (?<permission>[\w ]{1,60}) access on the (?<message>.{1,300})/u,
  },
  // … kernel: [UFW BLOCK] IN=eth0 OUT= MAC=… SRC=203.0.113.7 DST=… PROTO=TCP SPT=… DPT=443
  {
    kind: 'packet-filter',
    pattern:
      /^.{0,200}?\[?(?<message>UFW BLOCK|[\w .:*-]{0,60}(?:DROP|REJECT|Blocked)[\w .:*-]{0,30})\]?:? {0,2}IN=\S{0,40} OUT=\S{0,40}.{0,300}?SRC=(?<client>\S{3,60})/u,
  },
  // 2026-11-22 21:00:00,123 fail2ban.actions [123]: NOTICE [nginx-http-auth] Ban 203.0.113.7
  {
    kind: 'fail2ban',
    pattern:
      /^(?<time>\d{4}-\d\d-\d\d [\d:,]{8,15}) fail2ban\.\w{1,20} {1,20}\[\d{1,9}\]: (?<level>[A-Z]{4,8}) {1,5}\[(?<jail>[^\]]{1,80})\] (?<message>.{1,500})/u,
  },
  // time="…" level=info msg="(localhost/crowdsec) crowdsecurity/http-probing by ip 203.0.113.7 (FR/64500) : 4h ban on Ip 203.0.113.7"
  {
    kind: 'crowdsec',
    pattern:
      /^time="(?<time>[^"]{10,40})" level=\w{3,8} msg="(?<message>[^"]{0,300}? (?:ban|captcha) on Ip (?<client>[\da-f.:]{3,50})[^"]{0,200})"/u,
  },
];
