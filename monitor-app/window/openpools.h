// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/loginsource.h"

#include <QtCore/QObject>
#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace qproxysql {

class MessageBar;
class MonitorSettings;
class MonitorSources;
class PoolPage;
class WatchedSource;

/// The pools that the user has added or opened: shows them, removes them, and remembers them in the
/// settings. The GUI thread.
class OpenPools : public QObject
{
    Q_OBJECT

public:
    OpenPools(MonitorSources &sources, MonitorSettings &settings, MessageBar &messages,
              QWidget *window);

    void add(); ///< opens a dialog
    void chooseFile();
    void openFile(const QString &path);
    bool mayEdit(const PoolPage &page) const;  ///< true for pools that were added here
    void edit(PoolPage &page);                 ///< opens a dialog
    bool mayClose(const PoolPage &page) const; ///< false for pools that applications report
    void close(PoolPage &page);
    void forget(WatchedSource *source); ///< a pool file; it is not opened again at the next start

Q_SIGNALS:
    void added(const QString &pool); ///< shown at the next refresh
    /// A file, perhaps one that was open already.
    void opened(qproxysql::WatchedSource *source);

private:
    LoginSource loginOfMachine() const;
    void take(const QString &pool, const QString &user, const QString &password);

    MonitorSources &m_sources;
    MonitorSettings &m_settings;
    MessageBar &m_messages;
    QWidget *const m_window;
    QStringList m_own; ///< pools that were added here
};

} // namespace qproxysql
