// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/sharedfolder.h"
#include "rolling/rollingplan.h"

namespace qproxysql {

/// rolling.json beside the drain directory's file: the newest rolling restart of this machine.
/// Value type; its functions block for the disk.
class RollingFile
{
public:
    /// \a folder: DirectoryLocation::folder(); empty: nothing is kept, as for the demo.
    explicit RollingFile(const QString &folder)
        : m_folder(folder)
    {
    }

    /// Nothing: there was none.
    Expected<std::optional<RollingPlan>, DrainRefusal> read() const;

    /// Held by who carries out a rolling restart. Refused at once, as RollingRestart, while
    /// another process holds it; its text names the operator.
    Expected<SharedFolder::Lock, DrainRefusal> lock() const;
    /// Replaces the file atomically. Needs lock().
    std::optional<DrainRefusal> save(const RollingPlan &plan) const;

    /// Refuses to drain the peer with \a names of \a pools while a rolling restart of one of these
    /// pools is unfinished and is not at this peer.
    std::optional<DrainRefusal> objectionToDrain(const QStringList &names,
                                                 const QStringList &pools) const;

private:
    const SharedFolder m_folder;
};

} // namespace qproxysql
