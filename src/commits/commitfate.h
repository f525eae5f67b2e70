// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

namespace qproxysql {

/// Finds out whether a transaction was committed whose COMMIT was sent with a token and whose answer was
/// lost. The token is inserted once more, as void. The primary key lets only one of the two exist: either the
/// transaction has been committed, or it never will be, whatever its server still does with it.
///
/// The order of the requests; the caller sends them, to servers that share their commits with the first. Pure.
class CommitFate
{
public:
    enum class Step {
        Void, ///< CommitTable::voiding(), committed by itself
        Look, ///< CommitTable::look()
        Done
    };
    enum class Answer {
        Done,        ///< the row was inserted and committed
        TokenExists, ///< 1062
        IsCommit,    ///< of Look
        IsVoid,
        IsMissing,
        Unknown ///< an error, a conflict or a loss: the request may or may not have been executed
    };
    enum class Verdict { Unknown, Committed, NotCommitted };

    Step step() const { return m_step; }
    void answered(Answer answer); ///< to step()
    Verdict verdict() const { return m_verdict; }

private:
    void end(Verdict verdict);

    Step m_step = Step::Void;
    Verdict m_verdict = Verdict::Unknown;
};

} // namespace qproxysql
