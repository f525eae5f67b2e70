// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

QT_BEGIN_NAMESPACE
class QLockFile;
QT_END_NAMESPACE

namespace qproxysql {

/// The window's own pool file with the pools that were added in it. Holds no secrets. Local file
/// I/O. add(), change() and remove() wait at most 2 s for another window that writes it.
class OwnPools
{
public:
    explicit OwnPools(QString path)
        : m_path(std::move(path))
    {
    }

    QString path() const { return m_path; }
    QStringList names() const; ///< empty also when the file cannot be read

    /// The peers of a pool with their weights, an entry each; empty: there is no such pool.
    QStringList peersOf(const QString &name) const;

    /// The problem, its field, and the allowed values; empty: valid. \a edited: the pool that gets
    /// this name and these peers; empty: a new one.
    QString wrongWith(const QString &name, const QString &peers, const QString &edited = {}) const;
    /// Adds a pool; returns an error of the pool or the file, or empty.
    QString add(const QString &name, const QString &peers);
    /// Changes name and peers of the pool \a edited and leaves its other keys; returns an error, in
    /// which case the file is unchanged, or empty.
    QString change(const QString &edited, const QString &name, const QString &peers);
    /// Removes a pool; returns an error, in which case the file is unchanged, or empty.
    QString remove(const QString &name);

    /// The peers in the text of the field, separated by commas or ends of lines.
    static Expected<QList<PeerDefinition>> parsePeers(const QString &peers);

private:
    Expected<QString> content() const; ///< empty: there is no file
    QString lockPath() const { return m_path + QStringLiteral(".lock"); }
    QString acquire(QLockFile *lock) const;
    QString write(const QString &content) const;

    const QString m_path;
};

} // namespace qproxysql
