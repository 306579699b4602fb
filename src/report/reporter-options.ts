import type { NextStep } from '../contract/reporter.js';

/** What a reporter cannot know from the report: where its text is shown and where files go. */
export interface ReporterOptions {
  /** ANSI colours in text for the terminal. */
  readonly colours?: boolean;
  /** Columns of the terminal. */
  readonly width?: number;
  /** The folder that receives the files, as it is named in advice to the user. */
  readonly outDir?: string;
  /** The configurations of the report were written to that folder. */
  readonly hasConfigurations?: boolean;
  /** Exclusions for the WAF of the report can be searched. */
  readonly canTune?: boolean;
  /** Options that this takes, as the command line does. */
  readonly tuneWith?: string;
  /** What is advised with this WAF after a report, besides what is good for every one. */
  readonly nextSteps?: readonly NextStep[];
}
