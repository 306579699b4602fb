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
}
