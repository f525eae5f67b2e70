// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/jsonlines.h"
#include "drain/drainchange.h"

namespace qproxysql {

/// drain-log.jsonl beside the drain directory's file: each drain request that a tool of this machine
/// wrote, to the folder or to the fleet's tables. Never changed, only appended to (format:
/// docs/drain.md). Value type; its functions block for the disk.
class DrainLog
{
public:
    /// \a folder: DirectoryLocation::folder().
    explicit DrainLog(const QString &folder);

    QString path() const { return m_lines.path(); }

    /// \a entry: as it was written. \a schema: of the fleet's tables; empty: to the folder.
    std::optional<DrainRefusal> append(const DrainRequest &entry, const QString &schema) const;

    /// Appends what \a change has written, after entries that it has replaced and that the log does not
    /// have: of a program that was killed before it wrote them, or of somebody who edited the file.
    std::optional<DrainRefusal> append(const DrainChange &change, const QString &schema) const;

    struct Reading
    {
        /// The oldest first; what only the log has is in DrainRequest::rest.
        QList<DrainRequest> entries;
        int damaged = 0;                     ///< lines that were skipped
        std::optional<DrainRefusal> refusal; ///< a file could not be read
    };
    Reading read() const;

    /// Notes in \a entry where this process runs, for originOf().
    static void addOrigin(DrainRequest *entry);
    /// Where an entry was requested: "admin1", "admin1, ssh from 10.0.0.5". Empty: not
    /// known.
    static QString originOf(const DrainRequest &entry);

private:
    JsonLines m_lines;
};

} // namespace qproxysql
