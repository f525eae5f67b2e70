// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/trayicon.h"

#include "models/stateicon.h"
#include "window/monitoricon.h"
#include "window/monitorsettings.h"

#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtWidgets/QMenu>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace qproxysql {

namespace {

/// The glyph as large as a tray allows, on a plate, since the panel may be dark or light.
QIcon iconOf(DisplayState state)
{
    QIcon icon;
    for (const int side : {16, 22, 24, 32, 44, 48, 64}) {
        QPixmap picture(side, side);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::white);
        painter.drawRoundedRect(QRectF(0, 0, side, side), side / 5.0, side / 5.0);
        const double margin = qMax(1.0, side / 12.0);
        paintState(&painter, QRectF(picture.rect()).adjusted(margin, margin, -margin, -margin),
                   state, stateColor(state, Background::Light));
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

} // namespace

TrayIcon::TrayIcon(QWidget &window, Desktop &desktop, const MonitorSettings &settings)
    : m_window(window)
    , m_desktop(desktop)
    , m_settings(settings)
    , m_menu(new QMenu(&window))
{
    connect(m_menu->addAction(tr("&Show Window")), &QAction::triggered, this,
            &TrayIcon::bringWindowBack);
    connect(m_menu->addAction(tr("&Quit")), &QAction::triggered, this, &TrayIcon::quitWanted);
    connect(&desktop, &Desktop::iconActivated, this, &TrayIcon::activated);
    connect(&m_watch, &QTimer::timeout, this, [this] {
        if (!m_desktop.hasTray())
            bringWindowBack();
    });
    m_watch.setInterval(3s);
}

TrayIcon::~TrayIcon()
{
    m_desktop.hideIcon();
}

bool TrayIcon::isWanted() const
{
    return m_settings.showsTrayIcon();
}

void TrayIcon::show(std::optional<DisplayState> worst, const QStringList &toolTip)
{
    if (worst == m_worst && toolTip == m_toolTip)
        return;
    m_worst = worst;
    m_toolTip = toolTip;
    update();
}

void TrayIcon::applySettings()
{
    if (isWanted())
        update();
    else
        m_desktop.hideIcon();
}

void TrayIcon::update()
{
    if (!isWanted())
        return;
    QString toolTip = m_toolTip.join(u'\n');
    toolTip.replace(u'<', u'\u2039'); // names of others are no HTML for a tray
    m_desktop.showIcon(m_worst ? iconOf(*m_worst) : monitorIcon(), toolTip, m_menu);
}

bool TrayIcon::takesWindow()
{
    if (!isWanted() || !m_settings.closesToTray() || !m_desktop.hasTray())
        return false;
    m_stay.emplace();
    m_watch.start();
    m_window.hide();
    return true;
}

void TrayIcon::bringWindowBack()
{
    m_watch.stop();
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
    m_stay.reset();
}

} // namespace qproxysql
