// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

QT_BEGIN_NAMESPACE
class QLockFile;
QT_END_NAMESPACE

namespace qproxysql {

/// The pool file that the window keeps itself, with the pools that were added there by hand. Holds no
/// secrets. Local file I/O. add() and remove() wait at most 2 s for another window that changes it.
class OwnPools
{
public:
    explicit OwnPools(QString path)
        : m_path(std::move(path))
    {
    }

    QString path() const { return m_path; }
    QStringList names() const; ///< empty also when the file cannot be read

    /// Nothing wrong: empty. Else what, of which field, and what is allowed.
    QString wrongWith(const QString &name, const QString &peers) const;
    /// Adds a pool; empty, or what was wrong with it or with the file.
    QString add(const QString &name, const QString &peers);
    /// Takes a pool away; empty, or what was wrong with the file, which is as it was then.
    QString remove(const QString &name);

    /// What the peers' field says.
    static Expected<QList<PeerDefinition>> parsePeers(const QString &peers);

private:
    Expected<QString> content() const; ///< empty: there is no file
    QString lockPath() const { return m_path + QStringLiteral(".lock"); }
    QString acquire(QLockFile *lock) const;
    QString write(const QString &content) const;

    const QString m_path;
};

} // namespace qproxysql
