// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"
#include "window/desktop.h"

#include <QtCore/QEventLoopLocker>
#include <QtCore/QTimer>

#include <optional>

QT_BEGIN_NAMESPACE
class QMenu;
class QWidget;
QT_END_NAMESPACE

namespace qproxysql {

class MonitorSettings;

/// The window's icon in the tray, and a window that is closed to it. The window comes back by
/// itself when the tray goes. Does not own its arguments.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    TrayIcon(QWidget &window, Desktop &desktop, const MonitorSettings &settings);
    ~TrayIcon() override;

    /// \a worst: of all peers; nothing: there is none. \a toolTip: a line for each pool.
    void show(std::optional<DisplayState> worst, const QStringList &toolTip);
    void applySettings();
    /// Closes the window to the tray if the settings say so and a tray is there.
    bool takesWindow();
    void bringWindowBack();

Q_SIGNALS:
    void activated();
    void quitWanted();

private:
    bool isWanted() const;
    void update();

    QWidget &m_window;
    Desktop &m_desktop;
    const MonitorSettings &m_settings;
    QMenu *const m_menu; ///< the window's
    std::optional<DisplayState> m_worst;
    QStringList m_toolTip;
    /// Without it, the end of any other one would end the program while no window is visible.
    std::optional<QEventLoopLocker> m_stay;
    QTimer m_watch; ///< of the tray, while the window is closed to it
};

} // namespace qproxysql
