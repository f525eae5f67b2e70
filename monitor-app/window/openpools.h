// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

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

/// The pools that a person has added or opened: brings them in, takes them out, and remembers them for
/// the next time. The GUI thread.
class OpenPools : public QObject
{
    Q_OBJECT

public:
    OpenPools(MonitorSources &sources, MonitorSettings &settings, MessageBar &messages,
              QWidget *window);

    void add(); ///< by a dialog
    void chooseFile();
    void openFile(const QString &path);
    bool mayClose(const PoolPage &page) const; ///< not one that applications report
    void close(PoolPage &page);

Q_SIGNALS:
    void added(const QString &pool); ///< it appears with the next refresh

private:
    void take(const QString &pool, const QString &user, const QString &password);

    MonitorSources &m_sources;
    MonitorSettings &m_settings;
    MessageBar &m_messages;
    QWidget *const m_window;
    QStringList m_own; ///< pools that were added here
};

} // namespace qproxysql
