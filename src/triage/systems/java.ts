import type { System } from '../system.js';
import { atlassianSystem } from './java/atlassian.js';
import { glassfishSystem } from './java/glassfish.js';
import { jenkinsSystem } from './java/jenkins.js';
import { jettySystem } from './java/jetty.js';
import { keycloakSystem } from './java/keycloak.js';
import { micronautSystem } from './java/micronaut.js';
import { playSystem } from './java/play.js';
import { springSystem } from './java/spring.js';
import { tomcatSystem } from './java/tomcat.js';
import { undertowSystem } from './java/undertow.js';
import { weblogicSystem } from './java/weblogic.js';
import { websphereSystem } from './java/websphere.js';

export const javaFamily: readonly System[] = [
  springSystem,
  tomcatSystem,
  jettySystem,
  jenkinsSystem,
  undertowSystem,
  weblogicSystem,
  websphereSystem,
  glassfishSystem,
  keycloakSystem,
  playSystem,
  atlassianSystem,
  micronautSystem,
];
