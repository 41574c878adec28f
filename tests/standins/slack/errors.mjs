// errors.mjs - the two ways a wish is refused: by Slack, and by the person's own client.
export class SlackError extends Error {
    constructor(code, extra = {}) {
        super(code);
        this.code = code;
        this.extra = extra;
    }
}

// A person wanted something that the Slack client would not let them do, e.g. click a button that is not there.
export class CannotDo extends Error {}
