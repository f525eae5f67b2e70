// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainchange.h"
#include "drain/draindocument.h"
#include "drain/sharedfolder.h"

namespace qproxysql {

/// The drain directory of a machine or a user: the file drain.json of a folder (format: docs/drain.md), or
/// another file of that format. Any thread; blocks on disk I/O.
class DrainFile
{
public:
    static constexpr qint64 MostBytes = 4 * 1024 * 1024; ///< a larger file is not read

    /// \a folder: DirectoryLocation::folder(). It need not exist.
    explicit DrainFile(const QString &folder, const QString &name = QStringLiteral("drain.json"));

    QString path() const { return m_folder.filePath(m_name); }

    struct Reading
    {
        enum State { Missing, Good, Damaged, Unreadable };
        State state = Missing;
        SharedFolder::Stamp stamp;           ///< of the file that was read, or of an older one
        DrainDocument document;              ///< if Good
        std::optional<DrainRefusal> refusal; ///< the reason, if Damaged or Unreadable; names the file
    };
    /// Never waits for a writer.
    Reading read() const;

    SharedFolder::Stamp stamp() const { return m_folder.stamp(m_name); }

    struct Outcome
    {
        std::optional<DrainRefusal> refusal; ///< if set, nothing was written
        DrainChange change;                  ///< isNew false: nothing had to be written
        /// Servers of the fleet, and files, that could not be written to, and why. The request holds.
        QStringList problems{};
    };
    /// Creates the folder if it does not exist, and writes \a request unless it is fulfilled already. Waits
    /// at most 5 s for other writers.
    Outcome write(const DrainRequest &request, const DrainBasis &basis = {},
                  const DrainChange::Guard &guard = {}) const;

private:
    std::optional<DrainRefusal> change(const DrainRequest &request, const DrainBasis &basis,
                                       const DrainChange::Guard &guard, DrainChange *change) const;

    const SharedFolder m_folder;
    const QString m_name;
};

} // namespace qproxysql
